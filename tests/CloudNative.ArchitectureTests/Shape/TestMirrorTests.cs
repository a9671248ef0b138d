namespace CloudNative.ArchitectureTests.Shape;

public sealed class TestMirrorTests
{
    [Fact]
    public void Tests_OfAllPackages_MirrorThem()
    {
        var found =
            from package in Repository.Packages
            where !Exceptions.Excuses(Rules.TestsMirror, package.Id)
            let tests = $"tests/{package.Id}.Tests"
            from breach in TestMirror.Check(
                package.Id, Below(package.Folder), [.. Below(tests)])
            select breach;
        Breaches.None(found);
    }

    [Fact]
    public void Check_NoTests_IsFound() => Breaches.One("has no tests", TestMirror.Check("P", ["A.cs"], []));

    [Fact]
    public void Check_TestInAnotherFolder_IsFound() =>
        Breaches.One("A sits in 'Inner'", TestMirror.Check("P", ["Inner/A.cs"], ["ATests.cs"]));

    [Fact]
    public void Check_TestBesideItsSubject_Passes() =>
        Breaches.None(TestMirror.Check("P", ["Inner/A.cs", "B.cs"], ["Inner/ATests.cs", "BTests.cs", "WholeStoryTests.cs"]));

    private static IEnumerable<string> Below(string folder) =>
        Repository.Under(folder, ".cs").Select(file => file[(folder.Length + 1)..]);
}
