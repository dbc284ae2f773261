using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace CaaS.Api.Store.Migrations;

/// <summary>The first tables.</summary>
[DbContext(typeof(ApiContext))]
[Migration("20260901000000_Initial")]
internal sealed class Initial : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "api_audit",
            table => new
            {
                // The annotations of the two databases; each passes over the other's.
                Id = table.Column<long>().Annotation("Sqlite:Autoincrement", true)
                    .Annotation("Npgsql:ValueGenerationStrategy", "IdentityByDefaultColumn"),
                TimeMs = table.Column<long>(),
                Actor = table.Column<string>(),
                Verb = table.Column<string>(),
                Target = table.Column<string>(),
                ArgumentsJson = table.Column<string>(),
                CommandId = table.Column<string>(),
                State = table.Column<int>(),
                Why = table.Column<string>(),
                Subject = table.Column<string>(),
            },
            constraints: table => table.PrimaryKey("PK_api_audit", row => row.Id));
        migrationBuilder.CreateIndex("IX_api_audit_CommandId", "api_audit", "CommandId");
        migrationBuilder.CreateIndex("IX_api_audit_Target", "api_audit", "Target");
        migrationBuilder.CreateTable(
            "api_grants",
            table => new
            {
                Id = table.Column<string>(),
                Name = table.Column<string>(),
                Role = table.Column<int>(),
                Hash = table.Column<string>(),
                ParentId = table.Column<string>(),
                CreatedAtMs = table.Column<long>(),
                CreatedBy = table.Column<string>(),
                ExpiresAtMs = table.Column<long>(nullable: true),
                RevokedAtMs = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_api_grants", row => row.Id));
    }
}
