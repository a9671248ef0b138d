namespace CloudNative.Configuration;

/// <summary>
/// Validates one options class by itself, so that a value that does not convert hides no other problem.
/// </summary>
internal interface IOptionsCheck
{
    /// <summary>Binds and validates; throws what the options' factory throws.</summary>
    void Validate();
}
