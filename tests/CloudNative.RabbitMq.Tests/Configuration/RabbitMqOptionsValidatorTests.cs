using CloudNative.RabbitMq.Configuration;
using Microsoft.Extensions.Configuration;

namespace CloudNative.RabbitMq.Tests.Configuration;

public sealed class RabbitMqOptionsValidatorTests
{
    [Fact]
    public void Validate_Defaults_AreGood() => Assert.True(new RabbitMqOptionsValidator().Validate(null, new RabbitMqOptions()).Succeeded);

    [Fact]
    public void Validate_EverythingWrong_NamesEachKey()
    {
        var options = new RabbitMqOptions
        {
            Prefix = "a/b",
            PublishTimeout = TimeSpan.Zero,
            Provision = (RabbitMqProvisioning)9,
        };
        options.DeadLetters.MaxAge = TimeSpan.Zero;
        options.DeadLetters.MaxBytes = 1;
        var failure = new RabbitMqOptionsValidator().Validate(null, options).FailureMessage!;
        Assert.All(
            [
                "CloudNative:RabbitMq:Prefix", "CloudNative:RabbitMq:PublishTimeout", "CloudNative:RabbitMq:Provision",
                "CloudNative:RabbitMq:DeadLetters:MaxAge", "CloudNative:RabbitMq:DeadLetters:MaxBytes",
            ],
            key => Assert.Contains(key, failure, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://broker")]
    [InlineData("broker:5672")]
    [InlineData("amqp://broker/a/b")]
    public void Validate_BadAddress_IsNamedAndNotShown(string address)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:rabbitmq", address)]).Build();
        var failure = new RabbitMqOptionsValidator(configuration).Validate(null, new RabbitMqOptions()).FailureMessage!;
        Assert.Contains("ConnectionStrings:rabbitmq", failure, StringComparison.Ordinal);
        Assert.DoesNotContain(address, failure, StringComparison.Ordinal);
    }
}
