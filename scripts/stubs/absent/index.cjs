// Stands for optional parts of LanceDB (its own embedding functions) that Kinetone does not use.
throw new Error('This optional part of LanceDB is not installed.');
