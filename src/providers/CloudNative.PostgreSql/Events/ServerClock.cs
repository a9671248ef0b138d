using CloudNative.PostgreSql.Databases;
using Npgsql;

namespace CloudNative.PostgreSql.Events;

/// <summary>
/// The server's time, so that all machines agree when an event falls due: this machine's clock, set right by what the server's said last. A
/// clock that somebody moves by hand is not set right.
/// </summary>
internal sealed class ServerClock(TimeProvider time)
{
    private long _ahead;

    /// <summary>In Unix milliseconds.</summary>
    public long Now => time.GetUtcNow().ToUnixTimeMilliseconds() + Volatile.Read(ref _ahead);

    public async Task AskAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (!ReferenceEquals(time, TimeProvider.System))
        {
            return;
        }

        var before = time.GetUtcNow().ToUnixTimeMilliseconds();
        var server = await connection.ScalarAsync<long>(
            "SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint", cancellationToken).ConfigureAwait(false);
        var after = time.GetUtcNow().ToUnixTimeMilliseconds();
        Volatile.Write(ref _ahead, server - ((before + after) / 2));
    }
}
