using CloudNative.RabbitMq.Configuration;

namespace CloudNative.RabbitMq.Tests.Configuration;

public sealed class TopicRulesTests
{
    [Fact]
    public void Validate_MessagesOfTwoTopics_AreGood() => Assert.True(Validate(
        ("orders", "orders.placed.v1", Message("Shop:OrderPlaced")),
        ("audit", "audit.noted.v1", Message("urn:message:Shop:Order+Noted")),
        ("audit", "audit.wrapped.v1", Message("Shop:Wrapper[[Shop:OrderPlaced]]", "Shop:Wrapper--OrderPlaced--"))).Succeeded);

    [Theory]
    [InlineData("", null, "orders:MassTransit:a.v1:MessageType")]
    [InlineData("Shop:Order Placed", null, "orders:MassTransit:a.v1:MessageType")]
    [InlineData("Shop:Wrapper[[Shop:OrderPlaced]]", null, "orders:MassTransit:a.v1:Exchange")]
    [InlineData("urn:shop:order", null, "orders:MassTransit:a.v1:Exchange")]
    [InlineData("Shop:OrderPlaced", "", "orders:MassTransit:a.v1:Exchange")]
    public void Validate_BadMessage_NamesTheKey(string type, string? exchange, string key) => Assert.Contains(
        $"CloudNative:RabbitMq:Topics:{key}",
        Validate(("orders", "a.v1", Message(type, exchange))).FailureMessage!,
        StringComparison.Ordinal);

    [Fact]
    public void Validate_LongExchange_NamesTheKey() => Assert.Contains(
        "a.v1:Exchange", Validate(("orders", "a.v1", Message(new string('a', 181)))).FailureMessage!, StringComparison.Ordinal);

    [Fact]
    public void Validate_OneMessageTwice_IsRefused()
    {
        Assert.Contains(
            "once in a topic",
            Validate(("orders", "a.v1", Message("Shop:A")), ("orders", "b.v1", Message("Shop:A"))).FailureMessage!,
            StringComparison.Ordinal);
        Assert.Contains(
            "Topic 'orders' has it as well",
            Validate(("orders", "a.v1", Message("Shop:A")), ("audit", "b.v1", Message("Shop:A"))).FailureMessage!,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_FormatWithoutMessages_IsRefused()
    {
        var options = new RabbitMqOptions { Topics = { ["orders"] = new RabbitMqTopicOptions { Format = RabbitMqFormat.MassTransit } } };
        Assert.Contains(
            "CloudNative:RabbitMq:Topics:orders:Format",
            new RabbitMqOptionsValidator().Validate(null, options).FailureMessage!,
            StringComparison.Ordinal);
    }

    private static MassTransitMessageOptions Message(string type, string? exchange = null) =>
        new() { MessageType = type, Exchange = exchange };

    private static Microsoft.Extensions.Options.ValidateOptionsResult Validate(
        params (string Topic, string EventType, MassTransitMessageOptions Message)[] messages)
    {
        var options = new RabbitMqOptions();
        foreach (var (topic, eventType, message) in messages)
        {
            options.Topics.TryAdd(topic, new RabbitMqTopicOptions());
            options.Topics[topic].MassTransit[eventType] = message;
        }

        return new RabbitMqOptionsValidator().Validate(null, options);
    }
}
