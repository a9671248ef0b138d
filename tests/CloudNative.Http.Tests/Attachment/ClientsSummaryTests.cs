using CloudNative.Http.Tests.Labs;
using CloudNative.Lifecycle;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Http.Tests.Attachment;

public sealed class ClientsSummaryTests
{
    [Theory]
    [InlineData("All", "true", "all of IHttpClientFactory")]
    [InlineData("Named", "true", "asks call services by name (CloudNative:Http:Attach is Named)")]
    [InlineData("All", "false", "none (CloudNative:Http:Enabled is false)")]
    public async Task Describe_Attachment_NamesWhoIsAttached(string attach, string enabled, string expected)
    {
        await using var lab = Lab.Create(
            new() { ["CloudNative:Http:Attach"] = attach, ["CloudNative:Http:Enabled"] = enabled },
            services: services => services.AddHttpClient("asks").AddCloudNative());

        var lines = lab.Services.GetServices<IStartSummaryContributor>().Select(contributor => contributor.Describe());

        Assert.Contains(lines, line => line?.Label == "clients" && line.Text.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Describe_DefaultsAskForIt_SaysAllOfThem()
    {
        await using var lab = Lab.Create(
            new() { ["CloudNative:Http:Attach"] = "Named" },
            services: services => services.ConfigureHttpClientDefaults(client => client.AddCloudNative()));

        var lines = lab.Services.GetServices<IStartSummaryContributor>().Select(contributor => contributor.Describe());

        Assert.Contains(lines, line => line?.Text.StartsWith("all of IHttpClientFactory", StringComparison.Ordinal) == true);
    }
}
