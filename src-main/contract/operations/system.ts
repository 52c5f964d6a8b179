/** Operations on the program itself: where am I, doctor, settings, demo, the event stream. */
import { z } from 'zod';

import { DoctorReportSchema, SettingsSchema, SystemInfoSchema } from '../documents/system.ts';
import { IdSchema } from '../ids.ts';
import { operations } from '../operation.ts';

export const systemOperations = operations({
  getSystem: { method: 'GET', path: '/api/system', summary: 'Version, door, workspaces.', response: SystemInfoSchema },
  getDoctor: { method: 'GET', path: '/api/doctor', summary: 'Self-check of the machine.', response: DoctorReportSchema },
  getSettings: { method: 'GET', path: '/api/settings', summary: 'Settings.', response: SettingsSchema },
  saveSettings: { method: 'PATCH', path: '/api/settings', summary: 'Change settings.', body: SettingsSchema.partial(), response: SettingsSchema },
  startDemo: { method: 'POST', path: '/api/demo', summary: 'Make the demo: its own video, analysed and sonified, in a project. The job’s result is {project_id, media_id, artifact_id}.', response: z.object({ job_id: IdSchema }), status: 202 },
  streamEvents: {
    method: 'GET',
    path: '/events',
    summary: 'Server-sent events. `since` answers what changed after that sequence number first.',
    query: z.object({ topics: z.string().max(400).default('jobs,media,projects,features'), since: z.coerce.number().int().min(0).optional() }),
    responseKind: 'events',
  },
});
