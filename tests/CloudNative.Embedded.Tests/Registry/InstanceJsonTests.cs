using CloudNative.Discovery;
using CloudNative.Embedded.Registry;

namespace CloudNative.Embedded.Tests.Registry;

public sealed class InstanceJsonTests
{
    // What version 1 of the store holds. Services of other versions read and write it: this text must not change.
    private const string Stored =
        """{"service":"catalog","id":"a","endpoints":[{"scheme":"http","host":"127.0.0.1","port":5000,"name":"admin"}]"""
        + ""","version":"1.2","zone":"z","weight":0,"priority":2,"metadata":{"team":"blue"}}""";

    [Fact]
    public void Write_Instance_IsAsOtherVersionsReadIt() => Assert.Equal(Stored, InstanceJson.Write(new ServiceInstance
    {
        Service = "catalog",
        Id = "a",
        Endpoints = [new InstanceEndpoint("http", "127.0.0.1", 5000) { Name = "admin" }],
        Version = "1.2",
        Zone = "z",
        Weight = 0,
        Priority = 2,
        Metadata = new Dictionary<string, string> { ["team"] = "blue" },
    }));

    [Fact]
    public void Read_WithKeysOfALaterVersion_IgnoresThem()
    {
        var instance = InstanceJson.Read(Stored.Replace("\"zone\"", "\"later\":{\"x\":[1]},\"zone\"", StringComparison.Ordinal));
        Assert.Equal(("catalog", "z", 0), (instance.Service, instance.Zone, instance.Weight));
    }

    [Fact]
    public void Read_WithoutOptionalKeys_HasDefaults()
    {
        var instance = InstanceJson.Read("""{"service":"catalog","id":"a","endpoints":[]}""");
        Assert.Equal(ServiceInstance.DefaultWeight, instance.Weight);
        Assert.Empty(instance.Metadata);
    }
}
