using CloudNative.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Sdk.Tests.Management;

public sealed class ManagementOptionsValidatorTests
{
    [Theory]
    [InlineData("Path", "cloudnative", "CN1030")]
    [InlineData("Path", "/", "CN1030")]
    [InlineData("Path", "/a/", "CN1030")]
    [InlineData("Path", "/{a}", "CN1030")]
    [InlineData("Policy", "operators", "CN1031")]
    [InlineData("Polcy", "operators", "CN1002")]
    public async Task StartAsync_WrongValue_IsRefused(string key, string value, string id)
    {
        var refused = await Assert.ThrowsAsync<CloudNativeConfigurationException>(
            () => ManagedApp.StartAsync(configuration: ($"CloudNative:Management:{key}", value)));

        Assert.StartsWith($"{id} CloudNative:Management:{key} ", Assert.Single(refused.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_PolicyOfAnotherName_IsRefused()
    {
        var refused = await Assert.ThrowsAsync<CloudNativeConfigurationException>(() => ManagedApp.StartAsync(
            build: builder => builder.Services.AddAuthorizationBuilder().AddPolicy("operator", policy => policy.RequireRole("a")),
            configuration: ("CloudNative:Management:Policy", "operators")));

        Assert.Contains("CN1031", Assert.Single(refused.Failures), StringComparison.Ordinal);
    }
}
