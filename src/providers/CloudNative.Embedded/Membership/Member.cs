namespace CloudNative.Embedded.Membership;

/// <summary>One running process of the app. The id is random and never used again; a process id would be.</summary>
/// <param name="Id">16 hexadecimal digits.</param>
/// <param name="Socket">The path of the socket it listens on; empty when it has none.</param>
internal sealed record Member(string Id, string Socket);
