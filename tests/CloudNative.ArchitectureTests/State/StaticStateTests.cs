using System.Collections.Concurrent;

namespace CloudNative.ArchitectureTests.State;

public sealed class StaticStateTests
{
    [Fact]
    public void Types_OfAllPackages_HoldNoStaticState() =>
        Breaches.None(Repository.Packages.SelectMany(package => StaticState.Check(package.Assembly.GetTypes())));

    [Fact]
    public void Check_PlantedState_IsFound() => Assert.Equal(4, StaticState.Check([typeof(Planted)]).Count());

    private static class Planted
    {
        public const int Constant = 1;
        public static readonly string Text = "";
        public static readonly ConcurrentDictionary<string, int> Cache = new();
        public static readonly AsyncLocal<int> Ambient = new();
        private static int s_field;

        public static int Property { get; set; }

        public static int Count() => ++s_field;
    }
}
