using Microsoft.CodeAnalysis;

namespace CloudNative.Eventing.Generators.Symbols;

/// <summary>The types of the contract as one compilation sees them.</summary>
internal sealed class EventSymbols
{
    private readonly Compilation _compilation;

    private EventSymbols(Compilation compilation, INamedTypeSymbol handler, INamedTypeSymbol attribute)
    {
        _compilation = compilation;
        Handler = handler;
        Attribute = attribute;
        Context = Find("CloudNative.Eventing.EventContext");
        Envelope = Find("CloudNative.Eventing.EventEnvelope");
        Publisher = Find("CloudNative.Eventing.IEventPublisher");
        Outbox = Find("CloudNative.Eventing.IOutbox");
        PublishOptions = Find("CloudNative.Eventing.PublishOptions");
        CancellationToken = Find("System.Threading.CancellationToken");
        Services = Find("System.IServiceProvider");
        FromKeyedServices = Find("Microsoft.Extensions.DependencyInjection.FromKeyedServicesAttribute");
        Task = Find("System.Threading.Tasks.Task");
        ValueTask = Find("System.Threading.Tasks.ValueTask");
    }

    public INamedTypeSymbol Handler { get; }

    public INamedTypeSymbol Attribute { get; }

    public INamedTypeSymbol? Context { get; }

    public INamedTypeSymbol? Envelope { get; }

    public INamedTypeSymbol? Publisher { get; }

    public INamedTypeSymbol? Outbox { get; }

    public INamedTypeSymbol? PublishOptions { get; }

    public INamedTypeSymbol? CancellationToken { get; }

    public INamedTypeSymbol? Services { get; }

    public INamedTypeSymbol? FromKeyedServices { get; }

    public INamedTypeSymbol? Task { get; }

    public INamedTypeSymbol? ValueTask { get; }

    /// <summary>The symbols, or <see langword="null"/> in a project that knows nothing of events.</summary>
    public static EventSymbols? TryCreate(Compilation compilation) =>
        compilation.GetTypeByMetadataName("CloudNative.Eventing.IEventHandler`1") is { } handler
        && compilation.GetTypeByMetadataName("CloudNative.Eventing.EventAttribute") is { } attribute
            ? new EventSymbols(compilation, handler, attribute)
            : null;

    public static bool Same(ISymbol? left, ISymbol? right) =>
        left is not null && SymbolEqualityComparer.Default.Equals(left, right);

    /// <summary>The attribute that names a type of event.</summary>
    public AttributeData? EventAttributeOf(ITypeSymbol type) =>
        type.GetAttributes().FirstOrDefault(attribute => Same(attribute.AttributeClass, Attribute));

    /// <summary>Every type that a class handles, in the order in which it says so.</summary>
    public IReadOnlyList<ITypeSymbol> HandledBy(ITypeSymbol handler)
    {
        // A type parameter has the interfaces of its constraints.
        IEnumerable<ITypeSymbol> self = handler is ITypeParameterSymbol parameter ? parameter.ConstraintTypes : [handler];
        return
        [
            .. self.SelectMany(type => type.AllInterfaces.Concat(type is INamedTypeSymbol named ? [named] : []))
                .Where(type => Same(type.OriginalDefinition, Handler))
                .Select(type => type.TypeArguments[0])
                .Distinct<ITypeSymbol>(SymbolEqualityComparer.Default),
        ];
    }

    /// <summary>Whether code in a file of its own, in this assembly, can write the name of a type.</summary>
    public bool CanBeNamed(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => CanBeNamed(array.ElementType),
        INamedTypeSymbol named => !named.IsAnonymousType
            && !named.IsFileLocal
            && named.TypeKind != TypeKind.Error
            && _compilation.IsSymbolAccessibleWithin(named.OriginalDefinition, _compilation.Assembly)
            && (named.ContainingType is null || CanBeNamed(named.ContainingType))
            && named.TypeArguments.All(CanBeNamed)
            && HasGlobalName(named),
        _ => type.TypeKind == TypeKind.Dynamic,
    };

    /// <summary>An assembly may be referenced under an extern alias only.</summary>
    private bool HasGlobalName(INamedTypeSymbol type) =>
        type.ContainingAssembly is not { } assembly
        || _compilation.GetMetadataReference(assembly) is not { } reference
        || reference.Properties.Aliases.IsDefaultOrEmpty
        || reference.Properties.Aliases.Contains("global");

    private INamedTypeSymbol? Find(string name) => _compilation.GetTypeByMetadataName(name);
}
