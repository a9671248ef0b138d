namespace CloudNative.RabbitMq.Configuration;

/// <summary>All keys below <c>CloudNative:RabbitMq</c>.</summary>
internal static class RabbitMqKeys
{
    public const string Section = "RabbitMq";

    public static IReadOnlyList<string> All =>
    [
        nameof(RabbitMqOptions.ConnectionName),
        nameof(RabbitMqOptions.Prefix),
        nameof(RabbitMqOptions.Provision),
        nameof(RabbitMqOptions.PublishTimeout),
        $"{nameof(RabbitMqOptions.DeadLetters)}:{nameof(RabbitMqDeadLetterOptions.MaxAge)}",
        $"{nameof(RabbitMqOptions.DeadLetters)}:{nameof(RabbitMqDeadLetterOptions.MaxBytes)}",
        "Topics:*:Format",
        "Topics:*:EventType",
        "Topics:*:MassTransit:*:MessageType",
        "Topics:*:MassTransit:*:Exchange",
        "Topics:*:MassTransit:*:Implements:*",
    ];
}
