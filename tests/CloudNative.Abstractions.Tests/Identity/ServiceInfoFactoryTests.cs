using CloudNative.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Tests.Identity;

public sealed class ServiceInfoFactoryTests
{
    [Theory]
    [InlineData("Orders_API", "orders-api")]
    [InlineData("Shop.Catalog", "shop.catalog")]
    [InlineData("  -Ümlaut- ", "mlaut")]
    [InlineData("___", "")]
    public void Normalize_AnyText_GivesWhatAHostNameHolds(string text, string expected) =>
        Assert.Equal(expected, ServiceName.Normalize(text));

    [Fact]
    public void Normalize_LongText_FitsOneLabel() =>
        Assert.Equal(new string('a', 62), ServiceName.Normalize(new string('a', 62) + ".b"));

    [Fact]
    public void Create_EverythingConfigured_IsTaken()
    {
        var service = Create(
            ("CloudNative:Service:Name", "Orders"),
            ("CloudNative:Service:Version", "2.1.0"),
            ("CloudNative:Service:Zone", "eu-1"),
            ("CloudNative:Service:Metadata:team", "blue"),
            ("OTEL_SERVICE_NAME", "other"));

        Assert.Equal(("orders", "2.1.0", "eu-1"), (service.Name, service.Version, service.Zone));
        Assert.Equal("blue", service.Metadata["team"]);
    }

    [Fact]
    public void Create_NoName_TakesOpenTelemetrysThenTheApplications()
    {
        Assert.Equal("from-otel", Create(("OTEL_SERVICE_NAME", "from-otel")).Name);
        Assert.Equal("under.test", Create().Name);
    }

    [Fact]
    public void Create_EachHost_HasAnInstanceIdOfItsOwn() => Assert.NotEqual(Create().InstanceId, Create().InstanceId);

    private static ServiceInfo Create(params (string Key, string? Value)[] configuration)
    {
        using var host = HostUnderTest.Create(configuration).Build();
        var service = host.Services.GetRequiredService<ServiceInfo>();
        Assert.Same(service, host.Services.GetRequiredService<ServiceInfo>());
        return service;
    }
}
