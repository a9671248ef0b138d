using CloudNative.Eventing.Configuration;
using Microsoft.Extensions.Options;

namespace CloudNative.Eventing.Tests.Configuration;

public sealed class EventingOptionsValidatorTests
{
    [Fact]
    public void Validate_Defaults_Succeeds() => Assert.True(Validate(new EventingOptions()).Succeeded);

    [Fact]
    public void Validate_Limits_Succeeds()
    {
        var options = new EventingOptions
        {
            Concurrency = 10_000,
            LeaseDuration = TimeSpan.FromSeconds(1),
            BacklogInterval = TimeSpan.FromHours(1),
            Retry = new EventRetryOptions
            {
                Immediate = 0,
                Delayed = 1_000,
                BaseDelay = TimeSpan.FromDays(1),
                Factor = 1,
                MaxDelay = TimeSpan.FromDays(1),
            },
        };
        options.Groups["audit"] = new EventGroupOptions { Concurrency = 1 };
        Assert.True(Validate(options).Succeeded);
    }

    [Fact]
    public void Validate_EverythingWrong_NamesEachKeyAtOnce()
    {
        var wrong = new EventRetryOptions
        {
            Immediate = 11,
            Delayed = -1,
            BaseDelay = TimeSpan.FromMilliseconds(9),
            Factor = double.NaN,
            MaxDelay = TimeSpan.Zero,
        };
        var options = new EventingOptions
        {
            Concurrency = 0,
            LeaseDuration = TimeSpan.FromMilliseconds(999),
            BacklogInterval = TimeSpan.FromHours(2),
            Retry = wrong,
        };
        options.Groups["audit"] = new EventGroupOptions { Concurrency = 10_001, Retry = wrong };
        string[] ofRetry = ["Retry:Immediate", "Retry:Delayed", "Retry:BaseDelay", "Retry:Factor", "Retry:MaxDelay"];
        string[] keys =
        [
            "Concurrency", "LeaseDuration", "BacklogInterval", .. ofRetry,
            "Groups:audit:Concurrency", .. ofRetry.Select(key => $"Groups:audit:{key}"),
        ];

        var failures = Validate(options).Failures!.ToList();
        Assert.Equal(keys.Length, failures.Count);
        Assert.All(keys.Zip(failures), pair =>
            Assert.StartsWith($"CN9001 CloudNative:Eventing:{pair.First} ", pair.Second, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0.99)]
    [InlineData(100.01)]
    [InlineData(double.PositiveInfinity)]
    public void Validate_Factor_IsRefused(double factor)
    {
        var failure = Assert.Single(Validate(new EventingOptions { Retry = new EventRetryOptions { Factor = factor } }).Failures!);
        Assert.Contains("1 to 100", failure, StringComparison.Ordinal);
    }

    private static ValidateOptionsResult Validate(EventingOptions options) =>
        new EventingOptionsValidator().Validate(null, options);
}
