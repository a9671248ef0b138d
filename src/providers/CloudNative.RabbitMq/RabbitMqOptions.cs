namespace CloudNative.RabbitMq;

/// <summary>Which broker carries events, and how. Section <c>CloudNative:RabbitMq</c>; read once, at first use.</summary>
public sealed class RabbitMqOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "CloudNative:RabbitMq";

    /// <summary>
    /// The name in <c>ConnectionStrings</c> that holds the address: <c>amqp://user:password@host:5672/vhost</c>, with TLS
    /// <c>amqps://…</c>. Default <c>rabbitmq</c>. Where there is none, it is <c>amqp://guest:guest@localhost</c>, which a broker takes
    /// from its own machine only.
    /// </summary>
    public string ConnectionName { get; set; } = "rabbitmq";

    /// <summary>
    /// What the names of all exchanges and queues begin with: 1 to 40 letters, digits, <c>.</c>, <c>-</c> and <c>_</c>. Apps that share
    /// events share it. Default <c>cn</c>.
    /// </summary>
    public string Prefix { get; set; } = "cn";

    /// <summary>Who makes exchanges and queues. Default <see cref="RabbitMqProvisioning.Create"/>.</summary>
    public RabbitMqProvisioning Provision { get; set; } = RabbitMqProvisioning.Create;

    /// <summary>
    /// How long publishing waits for the broker's word, also while it is away or takes nothing because it is
    /// short of memory or disk;
    /// then it fails. Default 10 s; 100 ms to 5 min.
    /// </summary>
    public TimeSpan PublishTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long dead letters are kept.</summary>
    public RabbitMqDeadLetterOptions DeadLetters { get; } = new();

    /// <summary>How single topics speak with those who are not of this SDK, by the name of the topic.</summary>
    public IDictionary<string, RabbitMqTopicOptions> Topics { get; } = new Dictionary<string, RabbitMqTopicOptions>();
}
