using System.Collections.Immutable;
using CloudNative.Eventing.Generators.Analysis;
using CloudNative.Eventing.Generators.Symbols;
using Microsoft.CodeAnalysis;

namespace CloudNative.Eventing.Generators.Handlers;

/// <summary>How a delegate is called: where each parameter comes from, and which one is the event.</summary>
internal sealed record HandlerShape(ImmutableArray<ParameterSource> Sources, int EventIndex)
{
    public static (HandlerShape? Shape, HandlerProblem? Problem) Read(DelegateHandler handler, EventSymbols symbols)
    {
        var sources = handler.Parameters.Select(parameter => SourceOf(parameter, symbols)).ToArray();
        var named = Enumerable.Range(0, sources.Length)
            .Where(index => sources[index] == ParameterSource.Service
                && symbols.EventAttributeOf(handler.Parameters[index].Type) is not null)
            .ToList();
        var index = named.Count > 0 ? named[0] : Array.IndexOf(sources, ParameterSource.Service);
        if (index >= 0)
        {
            sources[index] = ParameterSource.Event;
        }

        var problem = Check(handler, index, named.Count, symbols);
        return (index < 0 ? null : new HandlerShape([.. sources], index), problem is null ? null : new(Descriptors.WrongShape, problem));
    }

    private static string? Check(DelegateHandler handler, int eventIndex, int events, EventSymbols symbols)
    {
        if (eventIndex < 0)
        {
            return "no parameter is the event";
        }

        if (events > 1)
        {
            return "more than one parameter is an event";
        }

        if (handler.Parameters.FirstOrDefault(parameter => parameter.RefKind != RefKind.None || parameter.IsParams) is { } odd)
        {
            return $"the parameter '{odd.Name}' is passed by reference or as params";
        }

        if (handler.Parameters.FirstOrDefault(parameter => parameter.Type.IsRefLikeType) is { } span)
        {
            return $"the parameter '{span.Name}' is a ref struct, which no container holds";
        }

        var answer = handler.Invoke.ReturnType;
        return handler.Invoke.ReturnsVoid || IsTask(answer, symbols) || EventSymbols.Same(answer, symbols.ValueTask)
            ? null
            : $"it returns {answer.ToDisplayString()}, which nobody would get";
    }

    public static bool IsTask(ITypeSymbol? type, EventSymbols symbols)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (EventSymbols.Same(type, symbols.Task))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Of anything that the container gives, the event is not told apart yet.</summary>
    private static ParameterSource SourceOf(IParameterSymbol parameter, EventSymbols symbols)
    {
        var type = parameter.Type;
        return type switch
        {
            _ when parameter.GetAttributes().Any(attribute => EventSymbols.Same(attribute.AttributeClass, symbols.FromKeyedServices)) =>
                ParameterSource.KeyedService,
            _ when EventSymbols.Same(type, symbols.Context) => ParameterSource.Context,
            _ when EventSymbols.Same(type, symbols.Envelope) => ParameterSource.Envelope,
            _ when EventSymbols.Same(type, symbols.CancellationToken) => ParameterSource.CancellationToken,
            _ when EventSymbols.Same(type, symbols.Services) => ParameterSource.Services,
            _ => ParameterSource.Service,
        };
    }
}
