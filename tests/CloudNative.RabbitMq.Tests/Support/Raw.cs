using RabbitMQ.Client;

namespace CloudNative.RabbitMq.Tests.Support;

/// <summary>The broker as anybody sees it who is not this package.</summary>
internal sealed class Raw : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly IConnection _connection;

    private Raw(IConnection connection, IChannel channel) => (_connection, Channel) = (connection, channel);

    public IChannel Channel { get; }

    public static async Task<Raw> ConnectAsync(Uri address)
    {
        var connection = await new ConnectionFactory { Uri = address }.CreateConnectionAsync(TestContext.Current.CancellationToken);
        return new Raw(connection, await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true),
            TestContext.Current.CancellationToken));
    }

    /// <summary>Takes the next message out of a queue, waiting until there is one.</summary>
    public async Task<BasicGetResult> TakeAsync(string queue)
    {
        using var enough = new CancellationTokenSource(_patience, TimeProvider.System);
        while (true)
        {
            if (await Channel.BasicGetAsync(queue, autoAck: true, enough.Token) is { } message)
            {
                return message;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, enough.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Channel.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
