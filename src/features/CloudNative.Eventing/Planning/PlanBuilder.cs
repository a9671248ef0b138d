using System.Collections.Frozen;
using CloudNative.Configuration;
using CloudNative.Eventing.Configuration;
using CloudNative.Eventing.Handling;
using CloudNative.Eventing.Json;
using CloudNative.Eventing.Publishing;

namespace CloudNative.Eventing.Planning;

/// <summary>Joins the handlers of one topic and group; adds what does not fit to the problems.</summary>
internal sealed class PlanBuilder(
    SubscriptionKey key,
    IReadOnlyList<HandlerRegistration> handlers,
    EventingOptions options,
    ServiceInfo service,
    ConfigurationProblems problems)
{
    private const int LeastAttempts = 10;

    private readonly EventGroupOptions? _own = options.Groups
        .FirstOrDefault(group => group.Key.Equals(key.Group, StringComparison.OrdinalIgnoreCase)).Value;

    private string Where => $"Topic '{key.Topic}', group '{key.Group}'";

    private bool IsBroadcast => handlers.Any(handler => handler.IsBroadcast);

    private bool IsOrdered => handlers.Any(handler => handler.IsOrdered);

    private DeadLetterOrdering? DeadLetters => _own?.DeadLetterOrdering
        ?? handlers.FirstOrDefault(handler => handler.DeadLetters is not null)?.DeadLetters
        ?? options.DeadLetterOrdering;

    public SubscriptionPlan Build(EventJson json, IEnumerable<FilterCode> filters, IEventTransport? transport)
    {
        CheckName("topic", key.Topic);
        CheckName("group", key.Group);
        CheckConflicts();
        var routes = BuildRoutes(json, filters);
        var group = IsBroadcast ? $"{key.Group}:{service.InstanceId}" : key.Group;
        var spec = new SubscriptionSpec
        {
            Topic = key.Topic,
            Group = group,
            Broadcast = IsBroadcast,
            Ordering = IsOrdered ? EventOrdering.ByKey : EventOrdering.None,
            DeadLetterOrdering = DeadLetters ?? DefaultOf(transport),
            Start = handlers.FirstOrDefault(handler => handler.Start is not null)?.Start
                ?? (IsBroadcast ? EventStart.Next : EventStart.Oldest),
            MaxInFlight = _own?.Concurrency
                ?? handlers.FirstOrDefault(handler => handler.Concurrency is not null)?.Concurrency
                ?? options.Concurrency,
            LeaseDuration = options.LeaseDuration,
            MaxAttempts = MostAttempts(routes),
        };
        return new SubscriptionPlan(key.Group, spec, _own?.UnknownTypes ?? options.UnknownTypes, routes);
    }

    /// <summary>Compares with what the transport can do; nothing when there is none, which is told elsewhere.</summary>
    public void CheckCapabilities(IEventTransport? transport)
    {
        if (transport is null)
        {
            return;
        }

        Check(IsOrdered, TransportCapabilities.Ordered, "keep order by key (InOrder)");
        Check(
            IsOrdered && DeadLetters == DeadLetterOrdering.Sequenced,
            TransportCapabilities.SequencedDeadLetters,
            "keep order by key across dead letters (DeadLetterOrdering Sequenced)");
        Check(IsBroadcast, TransportCapabilities.Broadcast, "give every process every event (Broadcast)");

        void Check(bool isAsked, TransportCapabilities needed, string what)
        {
            if (isAsked && !transport.Capabilities.HasFlag(needed))
            {
                problems.Add(
                    ErrorIds.MissingCapability,
                    Where,
                    $"asks to {what}",
                    $"what the transport can do: {transport.Capabilities}",
                    "Choose a provider that can, or do without.");
            }
        }
    }

    private FrozenDictionary<string, HandlerRoute> BuildRoutes(EventJson json, IEnumerable<FilterCode> filters)
    {
        var routes = new Dictionary<string, HandlerRoute>();
        foreach (var handler in handlers)
        {
            var code = handler.Code!;
            if (EventType.Check(code.EventType) is { } unnamed)
            {
                problems.Add(ErrorIds.NoEventType, Where, code.Description, "types of events with [Event]", unnamed + ".");
                continue;
            }

            if (json.Find(code.EventType) is not { } info)
            {
                problems.Add(
                    ErrorIds.NotSerializable, Where, code.Description, "types with JSON metadata", JsonMessages.NoMetadata(code.EventType));
                continue;
            }

            var name = EventType.Find(code.EventType)!.WireName;
            if (!routes.TryAdd(name, new HandlerRoute(code, info, filters.Concat(handler.Filters), RetryOf(handler))))
            {
                problems.Add(
                    ErrorIds.DuplicateHandler,
                    Where,
                    $"handled twice for {name}",
                    "one handler of a type in a group",
                    "Give one of them a group of its own by WithGroup, or do both in one handler.");
            }
        }

        return routes.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static DeadLetterOrdering DefaultOf(IEventTransport? transport) =>
        transport?.Capabilities.HasFlag(TransportCapabilities.SequencedDeadLetters) != false
            ? DeadLetterOrdering.Sequenced
            : DeadLetterOrdering.Independent;

    private static int MostAttempts(FrozenDictionary<string, HandlerRoute> routes)
    {
        var most = LeastAttempts;
        foreach (var route in routes.Values)
        {
            most = Math.Max(most, route.Retry.Delayed + 1);
        }

        return most;
    }

    private RetryPlan RetryOf(HandlerRegistration handler)
    {
        var basis = _own?.Retry ?? options.Retry;
        if (handler.Retry is null)
        {
            return new RetryPlan(basis);
        }

        var own = new EventRetryOptions
        {
            Immediate = basis.Immediate,
            Delayed = basis.Delayed,
            BaseDelay = basis.BaseDelay,
            Factor = basis.Factor,
            MaxDelay = basis.MaxDelay,
        };
        handler.Retry(own);
        RetryRules.Check($"{Where}, {handler.Code!.Description}, WithRetry", own, problems);
        return new RetryPlan(own);
    }

    private void CheckName(string kind, string name)
    {
        if (!EventTopic.IsValid(name))
        {
            problems.Add(
                ErrorIds.BadName,
                $"The {kind} of a handler",
                name,
                $"1 to {EventTopic.LongestName} ASCII letters, digits, '.', '-', '_' and ':', beginning with a letter or digit",
                "Choose such a name.");
        }
    }

    private void CheckConflicts()
    {
        var limits = Said(handler => handler.Concurrency);
        foreach (int limit in limits)
        {
            EventingOptionsValidator.CheckConcurrency($"{Where}, WithConcurrency", limit, problems);
        }

        Check(limits.Count > 1, $"WithConcurrency {string.Join(" and ", limits)}");
        var starts = Said(handler => handler.Start);
        Check(starts.Count > 1, $"StartWith {string.Join(" and ", starts)}");
        var letters = Said(handler => handler.DeadLetters);
        Check(letters.Count > 1, $"InOrder {string.Join(" and ", letters)}");
        Check(Said(handler => handler.IsBroadcast).Count > 1, "Broadcast by some of its handlers only");

        // Of objects, for which the framework has compiled code: this runs once, before the first event.
        List<object> Said(Func<HandlerRegistration, object?> what) => [.. handlers.Select(what).OfType<object>().Distinct()];

        void Check(bool isConflict, string what)
        {
            if (isConflict)
            {
                problems.Add(
                    ErrorIds.Conflict,
                    Where,
                    what,
                    "one value for all handlers of a topic and group",
                    "Say it once, or give a handler a group of its own by WithGroup.");
            }
        }
    }
}
