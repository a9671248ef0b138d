using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace CloudNative.Comparison.Load;

/// <summary>What a replica does for its callers, and what it tells of them: who called first, and when the last call came.</summary>
/// <param name="tell">Takes a line for whoever started the process.</param>
internal sealed class ReplicaWork(Action<string> tell)
{
    public const string First = "first";
    public const string Left = "left";
    private const int Milliseconds = 5;

    private readonly ConcurrentDictionary<int, long> _last = new();

    public async Task AnswerAsync(HttpContext context)
    {
        var port = context.Connection.LocalPort;
        if (_last.TryAdd(port, 0))
        {
            tell($"{First} {port.ToString(CultureInfo.InvariantCulture)}");
        }

        _last[port] = TimeProvider.System.GetTimestamp();
        await Task.Delay(TimeSpan.FromMilliseconds(Milliseconds), TimeProvider.System);
        await Answer.WriteAsync(context);
    }

    /// <summary>Tells how long after it was asked to end the last call came, in milliseconds, for each port.</summary>
    public void Leave(long asked) => tell(string.Join(
        ' ',
        _last.Select(last => string.Create(
            CultureInfo.InvariantCulture,
            $"{last.Key}={TimeProvider.System.GetElapsedTime(asked, last.Value).TotalMilliseconds:0.###}")).Prepend(Left)));
}
