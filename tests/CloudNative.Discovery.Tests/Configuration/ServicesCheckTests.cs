using CloudNative.Configuration;
using CloudNative.Discovery.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CloudNative.Discovery.Tests.Configuration;

public sealed class ServicesCheckTests
{
    [Fact]
    public async Task Check_AddressesThatCannotBeRead_AreAllFoundWithTheirKeys()
    {
        await using var harness = new DiscoveryHarness(new()
        {
            ["Services:catalog:http:0"] = "http://10.0.0.1:80",
            ["Services:catalog:http:1"] = "http://",
            ["Services:orders:grpc"] = "not an address",
        });
        var problems = new ConfigurationProblems();

        foreach (var check in harness.Services.GetServices<IConfigurationCheck>())
        {
            check.Check(problems);
        }

        Assert.Equal(
            ["Services:catalog:http:1", "Services:orders:grpc"],
            problems.Items.Where(problem => problem.Id == "CN2004").Select(problem => problem.Key));
    }

    [Fact]
    public async Task Options_SeveralWrong_AreAllListed()
    {
        await using var harness = new DiscoveryHarness(new()
        {
            ["CloudNative:Discovery:FirstAnswerTimeout"] = "00:10:00",
            ["CloudNative:Discovery:Ejection:ConsecutiveFailures"] = "0",
            ["CloudNative:Discovery:Ejection:MaxDuration"] = "00:00:00.5",
            ["CloudNative:Discovery:Advertise:Host"] = "http://orders:80",
            ["CloudNative:Discovery:Advertise:Network"] = "10.0.0.1/99",
        });

        var thrown = Assert.Throws<OptionsValidationException>(
            () => harness.Services.GetRequiredService<IOptions<DiscoveryOptions>>().Value);

        Assert.Equal(5, thrown.Failures.Count());
        Assert.All(thrown.Failures, failure => Assert.Matches("^CN200[12] CloudNative:Discovery:", failure));
    }
}
