using CloudNative.Consul.Registry;
using CloudNative.Discovery;

namespace CloudNative.Consul.Tests.Registry;

public sealed class InstanceWriterTests
{
    private static readonly ServiceInstance Plain = new()
    {
        Service = "catalog",
        Id = "a",
        Endpoints = [new InstanceEndpoint("http", "10.0.0.1", 80)],
    };

    [Fact]
    public void Write_PlainInstance_SaysNoMoreThanOthersDo()
    {
        var document = InstanceWriter.Write(Plain, new ConsulRegistrationOptions(), ready: true);
        Assert.Equal(("catalog:a", "catalog", "10.0.0.1", 80), (document.ID, document.Name, document.Address, document.Port));
        Assert.Equal(["cloudnative-id", "scheme", "secure"], document.Meta.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(1, document.Weights.Passing);
        var check = Assert.Single(document.Checks);
        Assert.Equal(("15000ms", "600000ms", "passing"), (check.Ttl, check.DeregisterCriticalServiceAfter, check.Status));
    }

    [Fact]
    public void Write_AgentIsToAsk_IsToldWhereAndHow()
    {
        var instance = Plain with
        {
            Endpoints = [new InstanceEndpoint("https", "fd00::1", 443), new InstanceEndpoint("http", "10.0.0.1", 81) { Name = "grpc" }],
        };
        var options = new ConsulRegistrationOptions
        {
            AgentCheck = new() { HttpPath = "/health/ready", Grpc = true, Interval = TimeSpan.FromSeconds(3) },
        };

        var checks = InstanceWriter.Write(instance, options, ready: true).Checks;

        Assert.Equal(["service:catalog:a", "service:catalog:a:http", "service:catalog:a:grpc"], checks.Select(check => check.CheckID));
        Assert.Equal(("https://[fd00::1]:443/health/ready", "3000ms", "5000ms"), (checks[1].Http, checks[1].Interval, checks[1].Timeout));
        Assert.Equal(("10.0.0.1:81", false), (checks[2].Grpc, checks[2].GrpcUsesTls));
        Assert.All(checks[1..], check => Assert.Null(check.Ttl));
    }

    [Theory]
    [InlineData(0, 1, "0")]
    [InlineData(100, 1, null)]
    [InlineData(150, 1, "150")]
    [InlineData(700, 7, null)]
    public void Write_Weight_IsExactInMetadataWhenTheCatalogueCannotSayIt(int weight, int passing, string? meta)
    {
        var document = InstanceWriter.Write(Plain with { Weight = weight }, new ConsulRegistrationOptions(), ready: true);
        Assert.Equal((passing, meta), (document.Weights.Passing, document.Meta.GetValueOrDefault("weight")));
    }

    [Theory]
    [InlineData("gateway.path")]
    [InlineData("scheme")]
    [InlineData("consul-version")]
    public void Write_MetadataKeyThatTheCatalogueDoesNotTake_IsEscaped(string key)
    {
        var instance = Plain with { Metadata = new Dictionary<string, string> { [key] = "a=b" } };
        var document = InstanceWriter.Write(instance, new ConsulRegistrationOptions(), ready: true);
        Assert.Equal($"{key}=a%3Db", document.Meta["pair-0"]);
    }

    [Fact]
    public void Write_MetadataTooLong_NamesTheKeyAndTheLimit()
    {
        var instance = Plain with { Metadata = new Dictionary<string, string> { ["note"] = new('x', 513) } };
        var failure = Assert.Throws<ServiceRegistryException>(
            () => InstanceWriter.Write(instance, new ConsulRegistrationOptions(), ready: true));
        Assert.StartsWith("CN4106", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'note' has more than 512 bytes", failure.Message, StringComparison.Ordinal);
    }
}
