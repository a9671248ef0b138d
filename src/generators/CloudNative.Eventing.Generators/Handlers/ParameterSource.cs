namespace CloudNative.Eventing.Generators.Handlers;

/// <summary>Where the value of a handler's parameter comes from.</summary>
internal enum ParameterSource
{
    /// <summary>It is the event.</summary>
    Event,

    /// <summary>It is the delivery.</summary>
    Context,

    /// <summary>It is the event as it travelled.</summary>
    Envelope,

    /// <summary>It is the token.</summary>
    CancellationToken,

    /// <summary>It is the scope's services.</summary>
    Services,

    /// <summary>One of the scope's services.</summary>
    Service,

    /// <summary>One of the scope's services, by key.</summary>
    KeyedService,
}
