namespace CloudNative.RabbitMq.Consuming;

/// <summary>What a channel tells its subscription.</summary>
internal interface IMessageReceiver
{
    /// <summary>A message has come. The next of this channel follows when the task completes.</summary>
    Task ReceiveAsync(QueueChannel channel, ReceivedMessage message);

    /// <summary>What the channel delivered is no longer this process's.</summary>
    void TakeBack(QueueChannel channel);

    /// <summary>Nothing comes any more from it.</summary>
    void Ended(QueueChannel channel, string reason);
}
