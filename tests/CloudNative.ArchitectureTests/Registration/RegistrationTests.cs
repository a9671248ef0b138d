using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.ArchitectureTests.Registration;

public sealed class RegistrationTests
{
    public static TheoryData<string, string, int> Methods =>
        [.. from package in Repository.Packages
            from method in RegistrationProbe.Find(package.Assembly)
            group method by (package.Id, method.Name) into overloads
            from at in Enumerable.Range(0, overloads.Count())
            select (overloads.Key.Id, overloads.Key.Name, at)];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Method_CalledTwice_EqualsOnce(string package, string name, int overload)
    {
        var method = RegistrationProbe.Find(Assembly.Load(package)).Where(method => method.Name == name).ElementAt(overload);
        Breaches.None(RegistrationProbe.Check(method));
    }

    [Fact]
    public void Check_AddWithoutTry_IsFound() => Breaches.One(
        "the second call adds Singleton System.Random",
        RegistrationProbe.Check(typeof(RegistrationTests).GetMethod(nameof(AddPlanted), BindingFlags.NonPublic | BindingFlags.Static)!));

    private static void AddPlanted(IServiceCollection services) => services.AddSingleton<Random>();
}
