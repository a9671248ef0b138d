using System.Collections.Concurrent;

namespace Shop.Smoke;

/// <summary>Every request of the customers: how long it took, and what went wrong. Thread-safe.</summary>
internal sealed class RequestLog
{
    private const int LongestBody = 200;

    private readonly ConcurrentQueue<double> _milliseconds = new();
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly ConcurrentDictionary<string, int> _answers = new();

    public int Count => _milliseconds.Count;

    public IReadOnlyCollection<string> Failures => _failures;

    /// <summary>How many answers each replica of the catalog gave.</summary>
    public IReadOnlyDictionary<string, int> Answers => _answers;

    public void Add(HttpRequestMessage request, HttpResponseMessage response, string body, TimeSpan took)
    {
        if (!response.IsSuccessStatusCode)
        {
            var text = body.Length > LongestBody ? body[..LongestBody] + "…" : body;
            AddFailure(request, $"{(int)response.StatusCode} {text}", took);
            return;
        }

        _milliseconds.Enqueue(took.TotalMilliseconds);
        if (response.Headers.TryGetValues(ShopApi.ServedBy, out var names))
        {
            _answers.AddOrUpdate(names.First(), 1, (_, count) => count + 1);
        }
    }

    public void AddFailure(HttpRequestMessage request, string reason, TimeSpan took)
    {
        _milliseconds.Enqueue(took.TotalMilliseconds);
        _failures.Enqueue($"{request.Method} {request.RequestUri}: {reason} (after {took.TotalMilliseconds:0} ms)");
    }

    /// <summary>How long each request took, sorted.</summary>
    public double[] Milliseconds() => [.. _milliseconds.Order()];
}
