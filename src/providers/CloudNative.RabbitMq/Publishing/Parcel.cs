using RabbitMQ.Client;

namespace CloudNative.RabbitMq.Publishing;

/// <summary>A message on its way to the broker, until the broker has said what became of it.</summary>
internal sealed class Parcel(string exchange, string routingKey, BasicProperties properties, ReadOnlyMemory<byte> body)
{
    private readonly TaskCompletionSource _confirmed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Exchange { get; } = exchange;

    public string RoutingKey { get; } = routingKey;

    public BasicProperties Properties { get; } = properties;

    public ReadOnlyMemory<byte> Body { get; } = body;

    /// <summary>Completes when the broker has it on disk.</summary>
    public Task Confirmed => _confirmed.Task;

    /// <summary>Nobody waits for it any more: it is not sent, or not sent again.</summary>
    public bool IsAbandoned { get; set; }

    /// <summary>Why the broker sent it back; its confirm follows.</summary>
    public string? Returned { get; set; }

    public void Confirm() => _confirmed.TrySetResult();

    public void Fail(Exception exception)
    {
        _confirmed.TrySetException(exception);

        // Seen here, in case that nobody waits any more.
        _ = _confirmed.Task.Exception;
    }
}
