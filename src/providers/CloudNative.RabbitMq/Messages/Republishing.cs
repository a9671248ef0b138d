using RabbitMQ.Client;

namespace CloudNative.RabbitMq.Messages;

/// <summary>What a message of somebody else must not keep when this process publishes it again.</summary>
internal static class Republishing
{
    // With one of these it would be an entry of the ledger instead of a letter.
    private static readonly string[] _ofActs =
        [HeaderNames.Act, HeaderNames.Letters, HeaderNames.Until, HeaderNames.By];

    /// <summary>
    /// Takes away who published it, as the broker closes the channel of anybody else who says so
    /// (https://www.rabbitmq.com/docs/validated-user-id), and what only this package writes.
    /// </summary>
    public static void Clean(BasicProperties properties)
    {
        properties.ClearUserId();
        properties.ClearClusterId();
        foreach (var name in _ofActs)
        {
            properties.Headers?.Remove(name);
        }
    }
}
