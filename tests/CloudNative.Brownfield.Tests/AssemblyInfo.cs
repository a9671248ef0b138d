using Xunit.Sdk;
using Xunit.v3;

// Sources of spans are global to a process: services that run at the same time would collect each other's.
[assembly: Parallelization(Mode = ParallelMode.None)]
