using Microsoft.CodeAnalysis;

namespace CloudNative.Eventing.Generators.Handlers;

/// <summary>Why no code can be generated for a handler.</summary>
internal sealed record HandlerProblem(DiagnosticDescriptor Descriptor, params object[] Arguments);
