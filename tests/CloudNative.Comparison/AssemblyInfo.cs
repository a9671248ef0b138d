using Xunit.Sdk;
using Xunit.v3;

// Bytes and processor time are counted for the whole process: classes that run at the same time would be charged with each other's.
[assembly: Parallelization(Mode = ParallelMode.None)]
