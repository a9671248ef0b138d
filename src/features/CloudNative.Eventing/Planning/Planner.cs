using CloudNative.Configuration;
using CloudNative.Eventing.Configuration;
using CloudNative.Eventing.Handling;
using CloudNative.Eventing.Json;
using CloudNative.Eventing.Transport;
using Microsoft.Extensions.Options;

namespace CloudNative.Eventing.Planning;

/// <summary>
/// Turns what was said about handlers into subscriptions, once, when the host starts; finds all that is wrong.
/// </summary>
internal sealed class Planner(
    HandlerCatalog handlers,
    IOptions<EventingOptions> options,
    ServiceInfo service,
    EventJson json,
    IEnumerable<FilterCode> filters,
    ChosenTransport transport)
{
    private readonly Lock _planning = new();
    private readonly ConfigurationProblems _problems = new();
    private IReadOnlyList<SubscriptionPlan>? _plans;

    /// <summary>Why there are handlers and no subscriptions; <see langword="null"/> when there are.</summary>
    public string? Off { get; private set; }

    /// <summary>What is wrong.</summary>
    public ConfigurationProblems Problems
    {
        get
        {
            _ = Plans;
            return _problems;
        }
    }

    /// <summary>The subscriptions; no handler is added once they were asked for.</summary>
    public IReadOnlyList<SubscriptionPlan> Plans
    {
        get
        {
            lock (_planning)
            {
                return _plans ??= Plan(handlers.Settle());
            }
        }
    }

    /// <summary>The subscriptions that the handlers would make as they are known now.</summary>
    public IEnumerable<SubscriptionKey> Peek() => handlers.Snapshot().Select(KeyOf).Distinct();

    private SubscriptionKey KeyOf(HandlerRegistration handler) => new(handler.Topic, handler.Group ?? service.Name);

    private List<SubscriptionPlan> Plan(IReadOnlyList<HandlerRegistration> registered)
    {
        var plans = new List<SubscriptionPlan>();
        if (registered.Count == 0)
        {
            return plans;
        }

        foreach (var handler in registered)
        {
            if (handler.Problem is { } problem)
            {
                _problems.Add(problem);
            }
        }

        var target = FindTransport();
        foreach (var shared in registered.Where(handler => handler.Code is not null).GroupBy(KeyOf))
        {
            var builder = new PlanBuilder(shared.Key, [.. shared], options.Value, service, _problems);
            plans.Add(builder.Build(json, filters, target));
            builder.CheckCapabilities(target);
        }

        return Off is null ? plans : [];
    }

    private IEventTransport? FindTransport()
    {
        var choice = transport.Choice;
        if (choice.Provider is not null)
        {
            return transport.Find();
        }

        if (transport.IsSwitchedOff)
        {
            Off = choice.Reason;
        }
        else if (!transport.IsRefused)
        {
            _problems.Add(
                ErrorIds.NoTransport,
                $"{EventingOptions.SectionName}:Provider",
                null,
                transport.Candidates,
                $"Events are handled, and no provider serves them here: {choice.Reason}. When all processes share one machine, name the "
                + "embedded log: cloud.UseEmbedded(). For several machines add a provider's package and its Use call.");
        }

        return null;
    }
}
