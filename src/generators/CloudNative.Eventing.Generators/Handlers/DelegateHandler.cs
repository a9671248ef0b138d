using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace CloudNative.Eventing.Generators.Handlers;

/// <summary>A delegate that handles events.</summary>
/// <param name="Type">Its type at run time; one without a name when its parameters have default values.</param>
/// <param name="Code">The method or lambda, or the delegate's own method when only a value is known.</param>
internal sealed record DelegateHandler(INamedTypeSymbol Type, IMethodSymbol Code)
{
    public IMethodSymbol Invoke => Type.DelegateInvokeMethod!;

    /// <summary>The parameters with their attributes and defaults.</summary>
    public ImmutableArray<IParameterSymbol> Parameters => Code.Parameters;

    public bool IsAsyncVoid => Code is { IsAsync: true, ReturnsVoid: true };
}
