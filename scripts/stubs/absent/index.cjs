// Stands for parts of other packages that Kinetone does not use: LanceDB's own embedding functions, and what Google's library
// for Gemini needs to sign in to other services, to hold a conversation and to count tokens.
throw new Error('This optional part of a package is not installed.');
