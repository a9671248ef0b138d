using CloudNative.Diagnostics;
using Microsoft.CodeAnalysis;

namespace CloudNative.Http.Analyzers.Analysis;

/// <summary>What the analyzers say. Each has a page in docs/errors.</summary>
internal static class Descriptors
{
    public static readonly DiagnosticDescriptor HandMade = Create(
        "CN9201",
        "A client made by hand calls a service by name",
        "'{0}' looks like the name of a service, but a client made by hand never asks discovery: take it from IHttpClientFactory "
        + "(AddHttpClient, AddGrpcClient)");

    public static readonly DiagnosticDescriptor RetryLoop = Create(
        "CN9202",
        "A handler repeats requests inside the pipeline's attempts",
        "{0} sends in a loop, once more for each attempt that the pipeline makes at '{1}': two layers multiply. Remove the loop, or set "
        + "CloudNative:Clients:{2}:Retry:MaxAttempts to 1.",
        isFoundAtTheEnd: true);

    public static readonly DiagnosticDescriptor RetriesOfChannel = Create(
        "CN9203",
        "A gRPC client retries by its channel's ServiceConfig, too",
        "This gRPC client retries or hedges by its channel's ServiceConfig, and the pipeline may do so, too: two layers multiply. Remove "
        + "that policy, or set CloudNative:Clients:{0}:Retry:MaxAttempts to 1.");

    public static readonly DiagnosticDescriptor NoEffect = Create(
        "CN9204",
        "A client's own resilience handler leaves a setting without effect",
        "{0} has no effect: this client keeps the resilience handler that {1} gives it and gets discovery only. Remove one of the two.");

    public static readonly DiagnosticDescriptor OwnDialling = Create(
        "CN9205",
        "A client's own primary handler leaves the service unresolved",
        "A client whose primary handler has {0} of its own gets its requests untouched, so '{1}' is never looked up: leave it out, or call "
        + "an address that needs no discovery");

    private static DiagnosticDescriptor Create(string id, string title, string message, bool isFoundAtTheEnd = false) =>
        new(
            id,
            title,
            message,
            "CloudNative.Http",
            DiagnosticSeverity.Warning,
            isEnabledByDefault: true,
            helpLinkUri: HelpLinks.For(id),
            customTags: isFoundAtTheEnd ? [WellKnownDiagnosticTags.CompilationEnd] : []);
}
