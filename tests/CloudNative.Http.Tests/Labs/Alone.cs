namespace CloudNative.Http.Tests.Labs;

/// <summary>Tests that measure the process run when no other test does.</summary>
[CollectionDefinition("alone", DisableParallelization = true)]
public sealed class Alone;
