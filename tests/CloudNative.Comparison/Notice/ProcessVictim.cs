using System.Collections.Concurrent;
using System.Globalization;
using CloudNative.Comparison.Load;

namespace CloudNative.Comparison.Notice;

/// <summary>A process that is killed on the spot, or asked to end, and started again.</summary>
internal sealed class ProcessVictim : Victim
{
    private readonly Replica _replica;
    private readonly bool _isKilled;
    private readonly ConnectionFailures _failures;
    private readonly ConcurrentDictionary<int, long> _first = new();
    private readonly Dictionary<int, long> _last = [];
    private IReadOnlyCollection<int> _portsWhenHurt = [];
    private Task _reading = Task.CompletedTask;
    private Task _leaving = Task.CompletedTask;

    private ProcessVictim(Replica replica, bool isKilled, ConnectionFailures failures) =>
        (_replica, _isKilled, _failures) = (replica, isKilled, failures);

    public static async Task<ProcessVictim> StartAsync(Replica replica, bool isKilled, ConnectionFailures failures)
    {
        var victim = new ProcessVictim(replica, isKilled, failures);
        await victim.HealAsync();
        return victim;
    }

    public override async Task HurtAsync()
    {
        _last.Clear();
        _portsWhenHurt = _replica.Ports;
        Hurt = TimeProvider.System.GetTimestamp();
        if (_isKilled)
        {
            await _replica.Process.KillAsync();
            return;
        }

        _leaving = _replica.Process.CloseAsync();
    }

    public override async Task HealAsync()
    {
        await _leaving;
        await _reading;
        if (_portsWhenHurt.Count > 0)
        {
            await _replica.DisposeAsync();
        }

        _first.Clear();
        await _replica.StartAsync();
        Healed = TimeProvider.System.GetTimestamp();
        _reading = ReadAsync();
    }

    public override IEnumerable<long> Wasted(int port) => _failures.To(port == 0 ? _portsWhenHurt : [port], Hurt);

    public override long Served(int port) => _last
        .Where(last => port == 0 || last.Key == port)
        .Select(last => last.Value)
        .Append(Hurt)
        .Max();

    public override long? Back(int port) => _first
        .Where(first => port == 0 || first.Key == port)
        .Select(first => (long?)first.Value)
        .Min();

    public override async ValueTask DisposeAsync()
    {
        await _replica.DisposeAsync();
        await _reading;
    }

    private async Task ReadAsync()
    {
        while (true)
        {
            string[] words;
            try
            {
                words = (await _replica.Process.ReadLineAsync()).Split(' ');
            }
            catch (InvalidOperationException)
            {
                // It has ended, and all that it told was read.
                return;
            }

            if (words[0] == ReplicaWork.First)
            {
                _first[int.Parse(words[1], CultureInfo.InvariantCulture)] = TimeProvider.System.GetTimestamp();
            }
            else if (words[0] == ReplicaWork.Left)
            {
                Array.ForEach(words[1..], Remember);
            }
        }
    }

    private void Remember(string portAndMilliseconds)
    {
        var parts = portAndMilliseconds.Split('=');
        var after = TimeSpan.FromMilliseconds(double.Parse(parts[1], CultureInfo.InvariantCulture));
        _last[int.Parse(parts[0], CultureInfo.InvariantCulture)] =
            Hurt + (long)(after.TotalSeconds * TimeProvider.System.TimestampFrequency);
    }
}
