using System.Diagnostics.CodeAnalysis;
using CloudNative.Configuration;
using CloudNative.Eventing.Configuration;

namespace CloudNative.Eventing.Handling;

/// <summary>A handler with what was said about it; settled when the host starts.</summary>
internal sealed class HandlerRegistration : IEventHandlerBuilder
{
    private readonly List<FilterCode> _filters = [];
    private bool _settled;

    public HandlerRegistration(string topic, HandlerCode code) => (Topic, Code) = (topic, code);

    /// <summary>One that cannot be; told at start together with all other problems.</summary>
    public HandlerRegistration(string topic, ConfigurationProblem problem) => (Topic, Problem) = (topic, problem);

    public string Topic { get; }

    public HandlerCode? Code { get; }

    public ConfigurationProblem? Problem { get; }

    public string? Group { get; private set; }

    public bool IsOrdered { get; private set; }

    public DeadLetterOrdering? DeadLetters { get; private set; }

    public bool IsBroadcast { get; private set; }

    public int? Concurrency { get; private set; }

    public EventStart? Start { get; private set; }

    public Action<EventRetryOptions>? Retry { get; private set; }

    public IReadOnlyList<FilterCode> Filters => _filters;

    public IEventHandlerBuilder WithGroup(string group)
    {
        ArgumentException.ThrowIfNullOrEmpty(group);
        return Set(() => Group = group);
    }

    public IEventHandlerBuilder InOrder() => Set(() => IsOrdered = true);

    public IEventHandlerBuilder InOrder(DeadLetterOrdering deadLetters) =>
        Set(() => (IsOrdered, DeadLetters) = (true, deadLetters));

    public IEventHandlerBuilder WithConcurrency(int limit) => Set(() => Concurrency = limit);

    public IEventHandlerBuilder Broadcast() => Set(() => IsBroadcast = true);

    public IEventHandlerBuilder StartWith(EventStart start) => Set(() => Start = start);

    public IEventHandlerBuilder WithRetry(Action<EventRetryOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return Set(() => Retry += configure);
    }

    public IEventHandlerBuilder AddFilter<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TFilter>()
        where TFilter : class, IEventFilter => Set(() => _filters.Add(FilterCode.Of<TFilter>()));

    /// <summary>No more is said from now on.</summary>
    public void Settle() => _settled = true;

    private HandlerRegistration Set(Action change)
    {
        if (_settled)
        {
            throw new InvalidOperationException(
                $"{ErrorIds.MappedTooLate} The handler of topic '{Topic}' was configured after the host had started. "
                + "Say everything about handlers before app.Run().");
        }

        change();
        return this;
    }
}
