namespace CloudNative.Eventing.Generators.Harness;

/// <summary>Parts of services under test.</summary>
internal static class Sources
{
    /// <summary>Events and services that handlers take.</summary>
    public const string Types = """
        [Event("orders.placed")]
        public sealed record OrderPlaced(int Id = 1);

        [Event("orders.paid")]
        public readonly record struct OrderPaid(int Id);

        public interface IRepository
        {
            string Name { get; }
        }

        public sealed class Repository(string name) : IRepository
        {
            public string Name => name;
        }

        public static class Startup
        {
            public static void Configure(IServiceCollection services)
            {
                services.AddSingleton<IRepository>(new Repository("plain"));
                services.AddKeyedSingleton<IRepository>("a", new Repository("first "));
                services.AddKeyedSingleton<IRepository>(2L, new Repository("second"));
                services.AddKeyedSingleton<IRepository>(DayOfWeek.Friday, new Repository("friday"));
                services.AddKeyedSingleton<IRepository>(typeof(int), new Repository("typed"));
            }
        }
        """;

    /// <summary>A service whose <c>Map</c> has a body and that has members beside it.</summary>
    public static string Program(string body, string members = "", string host = "IHost app") => $$"""
        public static partial class Program
        {
            public static string Log = "";

            public static void Map({{host}})
            {
                {{body}}
            }

            {{members}}
        }
        """;
}
