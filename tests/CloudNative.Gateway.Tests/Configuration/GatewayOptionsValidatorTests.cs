using CloudNative.Gateway.Configuration;

namespace CloudNative.Gateway.Tests.Configuration;

public sealed class GatewayOptionsValidatorTests
{
    [Theory]
    [InlineData("/api/{**rest}", "catalog", null, null)]
    [InlineData("/api/{**rest}", "https+http://catalog", "/api", null)]
    [InlineData("/api/{id:int}/x", "_admin.catalog", "/API", null)]
    [InlineData(null, "catalog", null, "CN7001")]
    [InlineData("api", "catalog", null, "CN7001")]
    [InlineData("/api/{**rest", "catalog", null, "CN7001")]
    [InlineData("/{a}/{a}", "catalog", null, "CN7001")]
    [InlineData("/", null, null, "CN7002")]
    [InlineData("/", "http://catalog:8080", null, "CN7002")]
    [InlineData("/", "http://catalog/path", null, "CN7002")]
    [InlineData("/", "ftp://catalog", null, "CN7002")]
    [InlineData("/api/{**rest}", "catalog", "/other", "CN7003")]
    [InlineData("/api/{**rest}", "catalog", "/ap", "CN7003")]
    [InlineData("/api/{**rest}", "catalog", "/api/", "CN7003")]
    [InlineData("/{**rest}", "catalog", "/api", "CN7003")]
    public void Validate_Route_FindsWhatIsWrong(string? path, string? service, string? strip, string? expected)
    {
        var result = Validate(new GatewayRouteOptions { Path = path, Service = service, StripPrefix = strip });

        Assert.Equal(expected is null ? [] : [expected], Ids(result));
    }

    [Fact]
    public void Validate_ManyThingsWrong_AllAreListedWithTheirKeys()
    {
        var result = Validate(new GatewayRouteOptions
        {
            Path = "no slash",
            Service = "",
            Hosts = ["*.example.com", "http://x", "a*b"],
            Methods = ["GET", "P OST"],
            ActivityTimeout = TimeSpan.Zero,
            MaxRequestBodySize = -2,
        });

        Assert.Equal(["CN7001", "CN7002", "CN7004", "CN7004", "CN7004", "CN7005", "CN7005"], Ids(result));
        Assert.All(result, line => Assert.Contains("CloudNative:Gateway:Routes:r1:", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Validate_TwoRoutesForTheSameRequests_IsAnError() => Assert.Equal(
        ["CN7006"],
        Ids(Validate(
            new() { Path = "/api/{**rest}", Service = "a" },
            new() { Path = "/API/{**rest}/", Service = "b" })));

    [Fact]
    public void Validate_RoutesToldApartByHostMethodOrOrder_AreFine() => Assert.Empty(Validate(
        new() { Path = "/api", Service = "a", Hosts = ["a.example.com"] },
        new() { Path = "/api", Service = "b", Hosts = ["b.example.com"] },
        new() { Path = "/api", Service = "c", Methods = ["POST"] },
        new() { Path = "/api", Service = "d", Order = 1 },
        new() { Path = "/api", Service = "e" }));

    private static List<string> Validate(params GatewayRouteOptions[] routes)
    {
        var options = new GatewayOptions();
        foreach (var (index, route) in routes.Index())
        {
            options.Routes[$"r{index + 1}"] = route;
        }

        return [.. new GatewayOptionsValidator().Validate(null, options).Failures ?? []];
    }

    private static List<string> Ids(List<string> lines) => [.. lines.Select(line => line[..6])];
}
