using CloudNative.Embedded.Configuration;

namespace CloudNative.Embedded.Tests.Configuration;

public sealed class SqliteOutboxOptionsValidatorTests
{
    [Fact]
    public void Validate_Defaults_AreAllowed() =>
        Assert.True(new SqliteOutboxOptionsValidator().Validate(null, new SqliteOutboxOptions()).Succeeded);

    [Fact]
    public void Validate_SeveralOutOfRange_NamesEach()
    {
        var result = new SqliteOutboxOptionsValidator().Validate(null, new SqliteOutboxOptions
        {
            Provisioning = (SqliteProvisioning)7,
            PollInterval = TimeSpan.FromMilliseconds(1),
            BusyTimeout = TimeSpan.FromHours(1),
        });
        Assert.Equal(3, result.Failures!.Count());
        Assert.All(result.Failures!, failure => Assert.Contains("CloudNative:Embedded:Outbox:", failure, StringComparison.Ordinal));
    }
}
