using CloudNative.Local.Processes;

namespace CloudNative.Local.Tests.Processes;

public sealed class InheritedEnvironmentTests
{
    [Theory]
    [InlineData("ASPNETCORE_URLS")]
    [InlineData("MSBuildExtensionsPath")]
    [InlineData("CloudNative__Local__ReadyTimeout")]
    public void Clean_WhatSteersTheEngine_IsTakenOut(string name)
    {
        var environment = new Dictionary<string, string?> { [name] = "x", ["PATH"] = "/bin", ["CloudNative__Http__Timeout"] = "00:00:05" };

        InheritedEnvironment.Clean(environment);

        Assert.Equal(["CloudNative__Http__Timeout", "PATH"], environment.Keys.Order());
    }
}
