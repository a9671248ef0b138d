using CloudNative.Health.Evaluation;

namespace CloudNative.Health.Tests.Evaluation;

public sealed class HealthOptionsValidatorTests
{
    [Fact]
    public void Validate_Defaults_AreRight() => Assert.True(new HealthOptionsValidator().Validate(null, new HealthOptions()).Succeeded);

    [Fact]
    public void Validate_EverythingWrong_SaysEverything()
    {
        var options = new HealthOptions
        {
            Port = 70000,
            Interval = TimeSpan.Zero,
            CheckTimeout = TimeSpan.FromHours(1),
            Paths = { Live = "alive", Ready = "/up", Startup = "/UP" },
        };

        var result = new HealthOptionsValidator().Validate(null, options);

        string[] expected =
        [
            "CN5001 CloudNative:Health:Interval is '00:00:00'",
            "CN5001 CloudNative:Health:CheckTimeout is '01:00:00'",
            "CN5002 CloudNative:Health:Port is '70000'",
            "CN5003 CloudNative:Health:Paths:Startup is '/UP'",
            "CN5003 CloudNative:Health:Paths:Ready is '/up'",
            "CN5003 CloudNative:Health:Paths:Live is 'alive'",
        ];
        Assert.Equal(expected, result.Failures!.Select(line => line.Split(". ")[0]));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/health/{probe}")]
    [InlineData("/ready?deep")]
    [InlineData("")]
    public void Validate_PathThatNoProbeFinds_IsRefused(string path) =>
        Assert.True(new HealthOptionsValidator().Validate(null, new HealthOptions { Paths = { Ready = path } }).Failed);
}
