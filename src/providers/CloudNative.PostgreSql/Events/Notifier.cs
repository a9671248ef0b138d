using CloudNative.PostgreSql.Databases;

namespace CloudNative.PostgreSql.Events;

/// <summary>
/// Tells other processes that there are events. A notification within the transaction that appends would have all commits of the database
/// wait for each other's way to the disk, so it is sent after, for all that was appended meanwhile; whoever dies in between leaves it
/// to the others' looks.
/// </summary>
/// <param name="context">What the log needs.</param>
/// <param name="presence">Who tells, and where.</param>
internal sealed class Notifier(LogContext context, Presence presence) : IAsyncDisposable
{
    // Others need some time for a look anyway.
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(2);

    private readonly Lock _gate = new();
    private Task _telling = Task.CompletedTask;
    private bool _isWanted;
    private bool _isTelling;
    private bool _isEnded;

    public void Tell()
    {
        lock (_gate)
        {
            _isWanted = true;
            if (!_isTelling && !_isEnded)
            {
                _isTelling = true;
                _telling = Task.Run(TellAsync);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task telling;
        lock (_gate)
        {
            _isEnded = true;
            telling = _telling;
        }

        await telling.ConfigureAwait(false);
    }

    private async Task TellAsync()
    {
        try
        {
            var connection = await context.Database.OpenAsync(CancellationToken.None).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                while (TryTake())
                {
                    await connection.ExecuteAsync($"NOTIFY {presence.Channel}, '{presence.Name}'", CancellationToken.None)
                        .ConfigureAwait(false);
                    await Task.Delay(_pause, TimeProvider.System).ConfigureAwait(false);
                }
            }
        }
        catch (Exception exception) when (DatabaseErrors.IsKnown(exception) || exception is ObjectDisposedException)
        {
            lock (_gate)
            {
                (_isWanted, _isTelling) = (false, false); // Whoever comes back looks anyway.
            }
        }
    }

    private bool TryTake()
    {
        lock (_gate)
        {
            (_isTelling, _isWanted) = (_isWanted, false);
            return _isTelling;
        }
    }
}
