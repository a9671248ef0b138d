using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CloudNative.Eventing.Generators.Harness;

/// <summary>
/// Stands in for the assembly CloudNative.Eventing: the same methods, but each only writes down in which form it was called, so that a
/// test sees whether the generator took the place of a call and can run the handler by itself.
/// </summary>
internal static class EventingDouble
{
    public const string Name = "CloudNative.Eventing";

    public const string Code = """
        using System;
        using System.Collections.Generic;
        using System.Diagnostics.CodeAnalysis;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using CloudNative;
        using CloudNative.Eventing;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Hosting;

        namespace CloudNative.Eventing
        {
            [AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
            public sealed class PublishesEventAttribute(Type type) : Attribute
            {
                public Type Type { get; } = type;
                public string Topic { get; set; }
            }

            public delegate ValueTask EventCallback<in T>(T data, EventContext context, CancellationToken cancellationToken);

            public interface IEventHandlerBuilder
            {
                IEventHandlerBuilder WithGroup(string group);
                IEventHandlerBuilder Broadcast();
                IEventHandlerBuilder InOrder();
            }

            internal sealed class NoBuilder : IEventHandlerBuilder
            {
                public IEventHandlerBuilder WithGroup(string group) => this;
                public IEventHandlerBuilder Broadcast() => this;
                public IEventHandlerBuilder InOrder() => this;

                public static IEventHandlerBuilder Add(
                    List<(string, string, Type, Func<object, EventContext, CancellationToken, ValueTask>)> list, string topic, string form,
                    Type type = null, Func<object, EventContext, CancellationToken, ValueTask> call = null)
                {
                    list.Add((topic, form, type, call));
                    return new NoBuilder();
                }
            }
        }

        namespace Microsoft.Extensions.Hosting
        {
            public static class CloudNativeEventHostExtensions
            {
                public static IEventHandlerBuilder MapEvent<T>(this IHost host, string topic, EventCallback<T> handler) =>
                    NoBuilder.Add(ListOf(host), topic, "callback", typeof(T), (data, context, token) => handler((T)data, context, token));

                public static IEventHandlerBuilder MapEvent<
                    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler, T>(
                    this IHost host, string topic) where THandler : class, IEventHandler<T> =>
                    NoBuilder.Add(ListOf(host), topic, "typed " + typeof(THandler).Name, typeof(T));

                [RequiresUnreferencedCode("x")]
                [RequiresDynamicCode("x")]
                public static IEventHandlerBuilder MapEvent(this IHost host, string topic, Delegate handler) =>
                    NoBuilder.Add(ListOf(host), topic, "delegate");

                [RequiresUnreferencedCode("x")]
                [RequiresDynamicCode("x")]
                public static IEventHandlerBuilder MapEvent<
                    [DynamicallyAccessedMembers(
                        DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.Interfaces)] THandler>(
                    this IHost host, string topic) where THandler : class => NoBuilder.Add(ListOf(host), topic, "class");

                private static List<(string, string, Type, Func<object, EventContext, CancellationToken, ValueTask>)> ListOf(IHost host) =>
                    host.Services.GetRequiredService<
                        List<(string, string, Type, Func<object, EventContext, CancellationToken, ValueTask>)>>();
            }
        }

        namespace Microsoft.Extensions.DependencyInjection
        {
            public static class CloudNativeEventsBuilderExtensions
            {
                public static IEventHandlerBuilder Handle<T>(this IEventsBuilder events, string topic, EventCallback<T> handler) =>
                    NoBuilder.Add(ListOf(events), topic, "callback", typeof(T), (data, context, token) => handler((T)data, context, token));

                public static IEventHandlerBuilder Handle<
                    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler, T>(
                    this IEventsBuilder events, string topic) where THandler : class, IEventHandler<T> =>
                    NoBuilder.Add(ListOf(events), topic, "typed " + typeof(THandler).Name, typeof(T));

                [RequiresUnreferencedCode("x")]
                [RequiresDynamicCode("x")]
                public static IEventHandlerBuilder Handle(this IEventsBuilder events, string topic, Delegate handler) =>
                    NoBuilder.Add(ListOf(events), topic, "delegate");

                [RequiresUnreferencedCode("x")]
                [RequiresDynamicCode("x")]
                public static IEventHandlerBuilder Handle<
                    [DynamicallyAccessedMembers(
                        DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.Interfaces)] THandler>(
                    this IEventsBuilder events, string topic) where THandler : class => NoBuilder.Add(ListOf(events), topic, "class");

                private static List<(string, string, Type, Func<object, EventContext, CancellationToken, ValueTask>)> ListOf(
                    IEventsBuilder events) => events.Builder.Services.Select(service => service.ImplementationInstance)
                        .OfType<List<(string, string, Type, Func<object, EventContext, CancellationToken, ValueTask>)>>().Single();
            }
        }
        """;

    public static byte[] Image { get; } = Compile();

    private static byte[] Compile()
    {
        var compilation = CSharpCompilation.Create(
            Name, [CSharpSyntaxTree.ParseText(Code)], Compiler.Platform, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        return Compiler.Emit(compilation);
    }
}
