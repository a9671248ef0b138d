using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CloudNative.Eventing.Generators.Handlers;

/// <summary>A call that registers a handler, as the compiler understands it.</summary>
internal sealed record HandlerRegistration(IInvocationOperation Call, HandlerForm Form)
{
    /// <summary>What the handler gets, as far as it is clear.</summary>
    public ITypeSymbol? EventType { get; init; }

    /// <summary>For a delegate: what it is at run time, and what its code says of its parameters.</summary>
    public DelegateHandler? Delegate { get; init; }

    /// <summary>For a class: which.</summary>
    public ITypeSymbol? HandlerClass { get; init; }

    /// <summary>What keeps it from being generated.</summary>
    public HandlerProblem? Problem { get; init; }

    /// <summary>Whether generated code takes the place of the call.</summary>
    public bool IsGenerated => Form is HandlerForm.Delegate or HandlerForm.Class && Problem is null && EventType is not null;

    /// <summary>The argument of a parameter.</summary>
    public IArgumentOperation? Argument(string parameter) =>
        Call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == parameter);
}
