/** The projects edited last, with the poster of their film. */
import { en } from '../../../src-main/contract/text/en.ts';
import type { Project } from '../../../src-main/contract/documents/project.ts';
import { urlOf } from '../../api/client.ts';
import { useMediaItem } from '../../stores/media-store.ts';
import { useProjectList, visitProject } from '../../stores/project-list-store.ts';
import { attempt } from '../../stores/toast-store.ts';
import { since } from '../project/since.ts';

const MOST = 8;

export function RecentProjects(): React.JSX.Element {
  const projects = useProjectList((state) => state.projects);
  if (projects.length === 0) return <p className="recent-none">{en.start.noRecent}</p>;
  return (
    <ul className="recent-list">
      {projects.slice(0, MOST).map((project) => (
        <li key={project.id}>
          <RecentRow project={project} />
        </li>
      ))}
    </ul>
  );
}

function RecentRow({ project }: { readonly project: Project }): React.JSX.Element {
  const item = useMediaItem(project.media_id);
  return (
    <button type="button" className="recent-row" onClick={() => attempt(visitProject(project.id))}>
      {item?.poster === 'ready' ? (
        <img className="recent-picture" src={urlOf('getPoster', { params: { id: item.id } })} alt="" />
      ) : (
        <span className="recent-picture" />
      )}
      <span className="recent-words">
        <strong className="truncate">{project.name}</strong>
        <span className="truncate">{en.start.edited(since(project.updated_at, new Date()))}</span>
      </span>
    </button>
  );
}
