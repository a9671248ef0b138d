namespace CloudNative.Eventing.Generators.Handlers;

/// <summary>The ways to say what handles an event.</summary>
internal enum HandlerForm
{
    /// <summary>A method of the handler's exact shape.</summary>
    Callback,

    /// <summary>A class, with its type of event beside it.</summary>
    TypedClass,

    /// <summary>Any method: generated code fetches its parameters.</summary>
    Delegate,

    /// <summary>A class: generated code names its type of event.</summary>
    Class,
}
