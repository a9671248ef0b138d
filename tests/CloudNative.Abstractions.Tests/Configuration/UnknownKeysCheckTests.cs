using CloudNative.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudNative.Tests.Configuration;

public sealed class UnknownKeysCheckTests
{
    [Theory]
    [InlineData("Discovery:Advertize:Host", "CloudNative:Discovery:Advertise:Host")]
    [InlineData("Discovery:Providr", "CloudNative:Discovery:Provider")]
    [InlineData("Clients:catalog:Timeot", "CloudNative:Clients:catalog:Timeout")]
    [InlineData("Discvoery:Provider", "CloudNative:Discovery")]
    public void Check_Typo_NamesTheNearestKey(string key, string meant)
    {
        var problem = Assert.Single(Check(key));

        Assert.Equal("CN1002", problem.Id);
        Assert.Contains($"Did you mean {meant}?", problem.Cure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("discovery:provider")]
    [InlineData("Discovery:Advertise:Host")]
    [InlineData("Clients:catalog:Timeout")]
    [InlineData("Free:Any:Thing:Below")]
    [InlineData("Secrets:Provider")]
    [InlineData("OurOwnThings:Colour")]
    public void Check_KnownOrNotOurs_IsNoProblem(string key) => Assert.Empty(Check(key));

    [Fact]
    public void Check_EmptyObject_IsNoProblem() => Assert.Empty(Check("Discovery:Metadata", null));

    private static IReadOnlyList<ConfigurationProblem> Check(string key, string? value = "x")
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create($"CloudNative:{key}", value)])
            .Build();
        ConfigurationKeys[] known =
        [
            new("Discovery", ["Enabled", "Provider", "Advertise:Host", "Advertise:Port"]),
            new("Clients", ["*:Timeout", "*:Retry:Enabled"]),
            new("Free", ["**"]),
        ];
        var problems = new ConfigurationProblems();
        new UnknownKeysCheck(configuration, known, NullLogger<UnknownKeysCheck>.Instance).Check(problems);
        return problems.Items;
    }
}
