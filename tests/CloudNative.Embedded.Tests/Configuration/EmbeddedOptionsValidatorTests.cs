using CloudNative.Embedded.Configuration;

namespace CloudNative.Embedded.Tests.Configuration;

public sealed class EmbeddedOptionsValidatorTests
{
    [Fact]
    public void Validate_Defaults_Succeeds() => Assert.True(Validate(new EmbeddedOptions()).Succeeded);

    [Fact]
    public void Validate_EverythingWrong_NamesEachKey()
    {
        var result = Validate(new EmbeddedOptions
        {
            DataDirectory = " ",
            PollInterval = TimeSpan.FromMilliseconds(99),
            BusyTimeout = TimeSpan.FromSeconds(61),
        });
        Assert.Equal(3, result.Failures!.Count());
        Assert.All(result.Failures!, failure => Assert.StartsWith("CN4001 CloudNative:Embedded:", failure, StringComparison.Ordinal));
        Assert.Contains(result.Failures!, failure => failure.Contains("PollInterval is '00:00:00.0990000'", StringComparison.Ordinal));
    }

    private static Microsoft.Extensions.Options.ValidateOptionsResult Validate(EmbeddedOptions options) =>
        new EmbeddedOptionsValidator().Validate(null, options);
}
